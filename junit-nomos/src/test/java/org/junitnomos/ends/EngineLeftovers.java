package org.junitnomos.ends;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.engine.EngineHttp;
import org.junitnomos.deploy.session.Entry;

/** Looks what sessions of a test JVM have on the engine. */
final class EngineLeftovers {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final EngineHttp http;

    EngineLeftovers() {
        http = new EngineHttp(Objects.requireNonNull(Engine.find().address(), "an engine"));
    }

    /** List containers, networks and volumes of sessions whose id begins so. */
    List<String> of(String session) throws IOException {
        var found = new ArrayList<String>();
        found.addAll(list("/containers/json?all=true&", "Id", session));
        found.addAll(list("/networks?", "Name", session));
        found.addAll(list("/volumes?", "Name", session));
        return found;
    }

    private List<String> list(String target, String name, String session) throws IOException {
        String filters = URLEncoder.encode("{\"label\":[\"" + Entry.SESSION_LABEL + "\"]}", StandardCharsets.UTF_8);
        var answer = http.send("GET", target + "filters=" + filters, LIMIT);
        if (!answer.isSuccess()) {
            throw new IOException(target + ": " + answer.problem());
        }
        var json = answer.json();
        var list = json instanceof Map<?, ?> fields ? fields.get("Volumes") : json;
        var found = new ArrayList<String>();
        if (list instanceof List<?> things) {
            for (Object thing : things) {
                var fields = (Map<?, ?>) thing;
                String owner = String.valueOf(((Map<?, ?>) fields.get("Labels")).get(Entry.SESSION_LABEL));
                if (owner.startsWith(session)) {
                    found.add(target.substring(1, target.indexOf('?')) + " " + fields.get(name) + " of " + owner);
                }
            }
        }
        return found;
    }
}
