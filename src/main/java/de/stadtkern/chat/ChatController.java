package de.stadtkern.chat;

import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// The chat as a page. It works without scripts: a question is a form, and the talk is shown whole.
@Controller
@RequestMapping("/chat")
class ChatController {

    static final String PATH = "/chat";

    private static final String PAGE = "chat/chat.jte";
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Talks talks;
    private final ChatPage page;
    private final Pages pages;

    ChatController(Talks talks, ChatPage page, Pages pages) {
        this.talks = talks;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping
    View talk(Frame frame, HttpServletRequest request) {
        return pages.page(PAGE, frame, view(frame, request, Form.empty()));
    }

    private ChatPage.View view(Frame frame, HttpServletRequest request, Form form) {
        Optional<TalkKey> key = TalkCookie.read(request);
        Optional<List<Message>> messages = key.flatMap(talks::find);
        return page.view(
                frame,
                messages.orElse(List.of()),
                messages.isPresent() ? key.map(TalkKey::word).orElse("") : "",
                form);
    }

    /// No form's token comes with it: that would need a cookie before the first question.
    @PostMapping
    View ask(Frame frame, Form form, HttpServletRequest request, HttpServletResponse response) {
        requireOwnPage(request);
        Optional<TalkKey> key = TalkCookie.read(request).filter(talks::isOpen);
        AtomicReference<Optional<TalkKey>> went = new AtomicReference<>(key);
        boolean accepted = form.accepts(frame, "chat", () -> {
            Question question =
                    new Question(form.value("question"), frame.wording().locale(), frame.easy());
            went.set(Optional.of((key.isPresent() ? talks.ask(question, key.get()) : talks.ask(question)).key()));
        });
        if (!accepted) {
            return pages.refused(PAGE, frame, view(frame, request, form));
        }
        went.get().ifPresent(talk -> TalkCookie.set(request, response, talk));
        return pages.next(PATH + (frame.easy() ? "?easy=1" : "") + "#latest");
    }

    /// Browsers say from where a form comes; what says nothing is no browser, and brings nobody's cookie and no key.
    private static void requireOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean isOwn = site != null
                ? OWN.contains(site)
                : origin != null
                        ? origin.endsWith("://" + request.getHeader(HttpHeaders.HOST))
                        : request.getHeader(HttpHeaders.AUTHORIZATION) == null;
        if (!isOwn) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "other-origin",
                    "Pages of others and programs ask through /api/chat/questions.");
        }
    }

    @PostMapping("/rating")
    View rate(Form form, HttpServletRequest request) {
        String helpful = form.value("helpful");
        if (!helpful.equals("yes") && !helpful.equals("no")) {
            throw Problem.field("helpful", "helpful-invalid", "'helpful' is yes or no.");
        }
        talks.rate(TalkCookie.read(request).orElseThrow(Talks::unknown), helpful.equals("yes"));
        return pages.next(PATH + (form.isChecked("easy") ? "?easy=1" : "") + "#rating");
    }

    /// The talk of this browser.
    @PostMapping("/end")
    View end(HttpServletRequest request, HttpServletResponse response) {
        TalkCookie.read(request).ifPresent(talks::delete);
        TalkCookie.clear(request, response);
        return pages.next(PATH, Notice.of("chat.deleted"));
    }

    @GetMapping("/delete")
    View deleteForm(Frame frame) {
        return pages.page("chat/delete.jte", frame, page.delete(frame, Form.empty()));
    }

    /// The talk of a code word, from whatever device.
    @PostMapping("/delete")
    View delete(Frame frame, Form form) {
        return form.accepts(frame, "chat", () -> talks.deleteByWord(form.value("word")))
                ? pages.next("/chat/delete", Notice.of("chat.deleted"))
                : pages.refused("chat/delete.jte", frame, page.delete(frame, form));
    }

    @GetMapping("/talk.txt")
    ResponseEntity<String> text(Frame frame, HttpServletRequest request) {
        List<Message> messages = TalkCookie.read(request).flatMap(talks::find).orElseThrow(Talks::unknown);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"chat.txt\"")
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(page.text(frame, messages));
    }
}
