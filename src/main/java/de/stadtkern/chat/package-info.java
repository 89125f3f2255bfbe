/// The city chat: people ask in their own words and get a short answer with its source, or an honest "not known" with
/// the next step. A question goes one way: cleaned and masked (`Cleaning`, `Masking`), rules (`Rules`), structured
/// answers of the modules (`Facts`), quoted sentences (`Answers`), and what is said is proven against what it quotes
/// (`Proof`) before it is sent. Start reading at [de.stadtkern.chat.Chat].
@NullMarked
@ApplicationModule(
        allowedDependencies = {"problem", "city", "identity", "installation", "page", "people", "knowledge", "seams"})
package de.stadtkern.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
