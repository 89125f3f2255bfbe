package de.stadtkern.identity;

import java.time.Duration;

/// What a module keeps of who of the staff did what. When its date has come, [IdentityCleaning] has it forgotten.
public interface StaffTraces {

    /// @param age what is older goes
    void forgetOlder(Duration age);
}
