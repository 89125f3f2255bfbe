package de.stadtkern.imports;

import de.stadtkern.city.CityContext;
import de.stadtkern.connect.FileLook;
import de.stadtkern.connect.Imports;
import de.stadtkern.connect.Mapping;
import de.stadtkern.connect.Preview;
import de.stadtkern.connect.SourceFile;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// The way from a file somebody has sent to a mapping that says what it means, for editors of the platform: look,
/// propose, let them choose, show how it is understood.
@Service
class Drafts {

    private static final JsonMapper JSON = new JsonMapper();

    private final ImportJobs jobs;
    private final Uploads uploads;
    private final Imports imports;
    private final MeasuringPoints points;
    private final SavedMappings saved;
    private final Rights rights;

    Drafts(
            ImportJobs jobs,
            Uploads uploads,
            Imports imports,
            MeasuringPoints points,
            SavedMappings saved,
            Rights rights) {
        this.jobs = jobs;
        this.uploads = uploads;
        this.imports = imports;
        this.points = points;
        this.saved = saved;
        this.rights = rights;
    }

    void require() {
        rights.require(Role.EDITOR, Area.PLATFORM);
    }

    /// Keeps the file and proposes what it means. A file that is none is refused and not kept.
    ImportJob begin(String name, InputStream content) throws IOException {
        require();
        ImportJob job = jobs.receive(name, content);
        try {
            FileLook look = FileLook.at(uploads.open(job), FileLook.Said.NOTHING);
            if (look.lines() == 0) {
                throw Problem.field("file", "only-headers", "'%s' has a header and no values.".formatted(name));
            }
            Draft draft = DraftProposal.of(look, name, CityContext.current().zone());
            jobs.setMapping(job, DraftYaml.of(draft, Drafts::none), JSON.writeValueAsString(draft), "");
        } catch (Problem refused) {
            jobs.discard(job);
            throw Problem.field("file", refused.name(), String.valueOf(refused.getMessage()), refused.facts());
        }
        return jobs.get(job.id());
    }

    private static MeasuringPoint.Series none(long datastream) {
        throw new IllegalArgumentException("There is no Datastream " + datastream);
    }

    FileLook look(ImportJob job, Draft draft) {
        require();
        String charset = draft.written().charset();
        try {
            return FileLook.at(
                    uploads.open(job),
                    new FileLook.Said(
                            charset.equals("auto") ? null : Charset.forName(charset),
                            separator(draft.written().separator()),
                            draft.written().header(),
                            draft.written().skipLines()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw Problem.field("charset", "charset-unknown", "There is no charset '%.40s'.".formatted(charset));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static char separator(String text) {
        if (!text.equals("tab") && text.length() != 1) {
            throw Problem.field("separator", "separator-invalid", "A separator is one character.");
        }
        return text.equals("tab") ? '\t' : text.charAt(0);
    }

    /// Null if the mapping is text.
    @Nullable
    Draft draft(ImportJob job) {
        return job.draft() == null ? null : JSON.readValue(job.draft(), Draft.class);
    }

    /// Keeps what was chosen, with what follows from it.
    ///
    /// @param flaws what is wrong with it already; the rest is added
    void choose(ImportJob job, Draft chosen, Flaws flaws) {
        require();
        Draft draft = flaws.isFine("skip") ? flaws.read(chosen, () -> understood(job, chosen)) : chosen;
        DraftCheck.check(draft, points, flaws);
        flaws.end();
        jobs.setMapping(job, yaml(draft), JSON.writeValueAsString(draft), job.mappingName());
    }

    private Draft understood(ImportJob job, Draft chosen) {
        FileLook look = look(job, chosen);
        Draft before = draft(job);
        Draft draft = DraftForm.completed(chosen, look);
        return before == null || before.written().equals(chosen.written())
                ? draft
                : fitting(
                        draft,
                        look,
                        DraftProposal.of(look, job.file(), CityContext.current().zone()));
    }

    /// Read otherwise, a file may have other columns: what was chosen and is no longer there gives way to what is
    /// probable now.
    private static Draft fitting(Draft chosen, FileLook look, Draft proposed) {
        List<String> columns =
                look.columns().stream().map(FileLook.Column::name).toList();
        List<Draft.What> still = chosen.what().stream()
                .filter(what -> columns.contains(what.column()))
                .toList();
        boolean keyThere = !chosen.where().kind().equals("column")
                || columns.contains(chosen.where().column());
        return new Draft(
                chosen.written(),
                columns.contains(chosen.when().column()) ? chosen.when() : proposed.when(),
                keyThere ? chosen.where() : proposed.where(),
                still.isEmpty() ? proposed.what() : still,
                chosen.duplicates());
    }

    private String yaml(Draft draft) {
        Map<Long, MeasuringPoint.Series> series = draft.where().thing() == 0
                ? Map.of()
                : points.find(draft.where().thing()).stream()
                        .flatMap(point -> point.series().stream())
                        .collect(Collectors.toMap(MeasuringPoint.Series::datastreamId, UnaryOperator.identity()));
        return DraftYaml.of(draft, series::get);
    }

    /// The mapping as text, for what cannot be clicked together.
    void write(ImportJob job, String yaml) {
        require();
        SavedMappings.requireGood(yaml);
        jobs.setMapping(job, yaml, null, job.mappingName());
    }

    /// Back from text to clicking: begins with a new proposal.
    void click(ImportJob job) {
        require();
        try {
            FileLook look = FileLook.at(uploads.open(job), FileLook.Said.NOTHING);
            Draft draft =
                    DraftProposal.of(look, job.file(), CityContext.current().zone());
            jobs.setMapping(job, yaml(draft), JSON.writeValueAsString(draft), "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Takes a saved mapping for this file.
    void use(ImportJob job, long mapping) {
        require();
        SavedMappings.Saved one = saved.get(mapping);
        jobs.setMapping(job, one.mapping(), one.draft(), one.name());
    }

    /// @return number of the change
    long save(ImportJob job, String name) {
        require();
        return saved.put(name, job.mapping(), job.draft());
    }

    /// How the first thousand lines are understood.
    Preview preview(ImportJob job) {
        require();
        SourceFile file = uploads.open(job);
        try {
            return imports.preview(file, Mapping.read(job.mapping()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<MeasuringPoint> points() {
        require();
        return points.list();
    }
}
