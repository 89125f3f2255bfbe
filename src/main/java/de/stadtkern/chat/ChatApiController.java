package de.stadtkern.chat;

import de.stadtkern.chat.Talks.Told;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The chat for programs and for its widget. A conversation's key comes in the body or in a header and never in the
/// address, because addresses are written down on the way.
@RestController
@RequestMapping("/api/chat")
class ChatApiController {

    private final Talks talks;

    ChatApiController(Talks talks) {
        this.talks = talks;
    }

    record Conversation(List<ChatAnswer.Said> messages, String word) {}

    @PostMapping(path = "/questions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ChatAnswer> ask(HttpServletRequest request) throws IOException {
        ChatBody.Asking asking = ChatBody.read(request).asking();
        Told told = asking.conversation().isEmpty()
                ? talks.ask(asking.question())
                : talks.ask(asking.question(), key(asking.conversation()));
        return unstored(ChatAnswer.of(told.reply(), told.key(), absolute()));
    }

    @GetMapping("/conversation")
    ResponseEntity<Conversation> conversation(
            @RequestHeader(name = ChatOrigins.CONVERSATION, defaultValue = "") String conversation) {
        TalkKey key = key(conversation);
        UnaryOperator<String> absolute = absolute();
        return unstored(new Conversation(
                talks.list(key).stream()
                        .map(message -> new ChatAnswer.Said(
                                message.at(),
                                message.question(),
                                ChatAnswer.of(message.reply(), key, absolute),
                                message.helpful()))
                        .toList(),
                key.word()));
    }

    @DeleteMapping("/conversation")
    Map<String, Boolean> delete(
            @RequestHeader(name = ChatOrigins.CONVERSATION, defaultValue = "") String conversation) {
        if (!talks.delete(key(conversation))) {
            throw Talks.unknown();
        }
        return Map.of("deleted", true);
    }

    @PostMapping(path = "/rating", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Boolean> rate(HttpServletRequest request) throws IOException {
        ChatBody.Rating rating = ChatBody.read(request).rating();
        talks.rate(key(rating.conversation()), rating.helpful());
        return Map.of("helpful", rating.helpful());
    }

    @GetMapping(path = "/openapi", produces = MediaType.APPLICATION_JSON_VALUE)
    ClassPathResource openApi() {
        return new ClassPathResource("chat/openapi.json");
    }

    private static TalkKey key(String conversation) {
        if (conversation.isEmpty()) {
            throw Problem.field("conversation", "conversation-missing", "The conversation is missing.");
        }
        return TalkKey.of(conversation).orElseThrow(Talks::unknown);
    }

    private static <T> ResponseEntity<T> unstored(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    /// A widget stands in pages of others, so addresses of the town carry its host.
    private static UnaryOperator<String> absolute() {
        String town =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return address -> address.startsWith("/") ? town + address : address;
    }
}
