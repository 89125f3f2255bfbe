package de.stadtkern.site;

import de.stadtkern.page.Field;
import java.util.List;

/// @param fields of the form to report a barrier; empty where the town has named no mail address it could go to
record AccessibilityView(StatementView statement, List<Field> fields) {}
