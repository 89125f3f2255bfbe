package de.stadtkern.seams;

import java.util.List;
import java.util.Locale;

/// "Here is what can be found and quoted from me." Implemented by every module that has something to read; collected by
/// whoever finds.
public interface Passages {

    /// Those the caller may read, in no order.
    ///
    /// @param language of the reader; a passage that is not written in it comes in the town's
    List<Passage> passages(Locale language);
}
