package de.stadtkern.chat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/// What somebody with a screen reader is told of a page by itself: whatever comes into one of its live regions, each
/// change as one announcement.
final class Heard {

    /// Text that is written into a region counts as well as elements that are put into it; what is shown again only
    /// because it was hidden does too. The shadow root of an element is a world of its own.
    private static final String LISTEN = """
        (element) => {
          const root = element.shadowRoot ?? document;
          window.heard = [];
          const isLive = at => at.getAttribute('aria-live') !== 'off';
          const region = at => (at.nodeType === 1 ? at : at.parentElement)?.closest('[role=log], [role=status], [role=alert], [aria-live=polite]');
          new MutationObserver(changes => {
            const told = new Map();
            for (const change of changes) {
              const where = region(change.target);
              const added = [...change.addedNodes].filter(one => one.textContent.trim());
              if (where && isLive(where) && added.length) {
                told.set(where, (told.get(where) ?? '') + added.map(one => one.textContent).join(' '));
              } else if (change.type === 'attributes' && where && !where.hidden) {
                told.set(where, where.textContent);
              } else {
                for (const one of added.filter(one => one.nodeType === 1)) {
                  for (const fresh of [one, ...one.querySelectorAll('*')]) {
                    if (fresh.matches('[role=status], [role=alert]') && fresh.checkVisibility()) told.set(fresh, fresh.textContent);
                  }
                }
              }
            }
            told.forEach(text => window.heard.push(text.replace(/\\s+/g, ' ').trim()));
          }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden'] });
        }
        """;

    private final Page page;

    private Heard(Page page) {
        this.page = page;
    }

    /// @param where anywhere in the page, or the element whose shadow root is listened to
    static Heard of(Page page, Locator where) {
        where.evaluate(LISTEN);
        return new Heard(page);
    }

    /// Since it was asked before.
    List<String> told() {
        return ((List<?>) page.evaluate("() => { const all = window.heard; window.heard = []; return all; }"))
                .stream().map(String::valueOf).toList();
    }
}
