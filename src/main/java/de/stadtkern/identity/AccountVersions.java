package de.stadtkern.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes of accounts can be taken back; an invitation that is taken back leaves somebody deactivated.
@Component
class AccountVersions implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();

    private final Accounts accounts;
    private final AccountStore store;

    AccountVersions(Accounts accounts, AccountStore store) {
        this.accounts = accounts;
        this.store = store;
    }

    @Override
    public String kind() {
        return "account";
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(account -> JSON.valueToTree(Accounts.State.of(account)))
                .orElse(null);
    }

    @Override
    public void restore(String subject, @Nullable JsonNode state) {
        long id = Long.parseLong(subject);
        if (state == null) {
            accounts.restoreRights(id, Grants.NONE, false);
        } else {
            accounts.restore(id, JSON.treeToValue(state, Accounts.State.class));
        }
    }
}
