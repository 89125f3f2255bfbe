package de.stadtkern.page;

import gg.jte.TemplateOutput;
import java.util.Map;

/// The templates of `src/main/jte`: the compiled ones, or in development the ones just saved.
interface Templates {

    void render(String name, Map<String, Object> parameters, TemplateOutput output);
}
