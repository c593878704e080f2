package org.junitnomos.devnode.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The ports on which a running program listens.
 *
 * @param name name of the node
 * @param pid id of its process
 * @param host where it listens
 * @param api main port
 * @param testing testing port
 * @param peer port for peers
 */
record Ports(String name, long pid, String host, int api, int testing, int peer) {
    /** Writes to a file that appears whole or not at all. */
    void write(Path file) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(json)) {
            out.writeStartObject();
            out.writeStringField("name", name);
            out.writeNumberField("pid", pid);
            out.writeStringField("host", host);
            out.writeNumberField("api", api);
            out.writeNumberField("testing", testing);
            out.writeNumberField("peer", peer);
            out.writeEndObject();
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path fresh = file.resolveSibling(file.getFileName() + "." + pid + ".new");
        Files.write(fresh, json.toByteArray());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns one line for people and for those who read the output. */
    String line() {
        return "Node " + name + " (pid " + pid + ") listens on " + host + ": api " + api + ", testing " + testing
                + ", peer " + peer + ".";
    }
}
