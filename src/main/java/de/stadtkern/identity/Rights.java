package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Who asks, and may they. Front doors call [#require] before they do anything.
@Component
public class Rights {

    private static final ScopedValue<Caller> CALLER = ScopedValue.newInstance();
    private static final Caller ANONYMOUS = new Caller.Anonymous();

    /// Whoever is not bound is nobody: work that forgot to say who it is has no rights.
    public Caller caller() {
        return CALLER.orElse(ANONYMOUS);
    }

    public Optional<Caller.Person> person() {
        return caller() instanceof Caller.Person person ? Optional.of(person) : Optional.empty();
    }

    /// Who asks, to be counted by: the account, the key, or the network of the request at hand. Empty for work that
    /// nobody asked for.
    public String asker() {
        return switch (caller()) {
            case Caller.Person person -> "account " + person.id();
            case Caller.Machine machine -> "key " + machine.key();
            case Caller.Anonymous _, Caller.Monitoring _, Caller.Operator _ ->
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        ? "network "
                                + Throttle.Subject.network(request.getRequest().getRemoteAddr())
                        : "";
        };
    }

    public boolean allow(Role role, Area area) {
        return !mustChangePassword() && !isAddingFactor() && caller().grants().allow(role, area);
    }

    public void require(Role role, Area area) {
        Caller caller = caller();
        if (caller instanceof Caller.Anonymous) {
            throw loginNeeded();
        }
        refuseBeforeNewPassword();
        refuseBeforeFactor();
        if (!caller.grants().allow(role, area)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "role-missing",
                    "This needs the role '%s' for '%s'.".formatted(role.key(), area.key()),
                    Map.of("role", role.key(), "area", area.key()));
        }
    }

    /// Somebody who is logged in, whatever their role; for what is their own.
    public Caller.Person requirePerson() {
        Caller.Person person = requirePersonToAddFactor();
        refuseBeforeFactor();
        return person;
    }

    /// The same, also before the second factor that is their duty: to set it up.
    Caller.Person requirePersonToAddFactor() {
        Caller.Person person = requireLogin();
        refuseBeforeNewPassword();
        return person;
    }

    /// Whether somebody is logged in who has to set up a second factor before anything else.
    public boolean isAddingFactor() {
        return caller() instanceof Caller.Person person && person.mustAddFactor();
    }

    /// The same, also before a first password is chosen.
    Caller.Person requireLogin() {
        return person().orElseThrow(Rights::loginNeeded);
    }

    /// Does the work as a command on the machine.
    public <T, X extends Throwable> T asOperator(ScopedValue.CallableOp<T, X> work) throws X {
        return as(new Caller.Operator(), work);
    }

    static <T, X extends Throwable> T as(Caller caller, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CALLER, caller).call(work);
    }

    private boolean mustChangePassword() {
        return caller() instanceof Caller.Person person && person.mustChangePassword();
    }

    private void refuseBeforeNewPassword() {
        if (mustChangePassword()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN, "password-first", "Please choose a password of your own first, at /first.");
        }
    }

    private void refuseBeforeFactor() {
        if (isAddingFactor()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "second-factor-first",
                    "Your role needs a second factor; please set one up first, at /account/second-factor.");
        }
    }

    private static Problem loginNeeded() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED, "login-needed", "This needs a login, or an API key in 'Authorization'.");
    }
}
