package org.junitnomos.deploy.container.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.deploy.program.ProgramClasses;

/**
 * What the image of the dev node says about its containers.
 *
 * @param user ids of user and group
 * @param workingDirectory where the node runs; owned by the user, and the place for a volume or a {@code tmpfs}:
 *     nothing else needs to be writable
 * @param entryPoint program and arguments; the path of the configuration comes next
 * @param environment variables
 * @param ports where a node should listen: API, testing, peers
 * @param labels what the image is
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ImageConfig(
        String user,
        String workingDirectory,
        List<String> entryPoint,
        Map<String, String> environment,
        List<Integer> ports,
        Map<String, String> labels) {
    /** Id of user and group of a node. */
    public static final int USER = 10001;

    /** Where a node runs. */
    public static final String DIRECTORY = "/var/lib/nomos";

    /** Label with the hash of what the image was made of. */
    public static final String HASH_LABEL = "org.junitnomos.image";

    static final String JAVA_HOME = "/opt/java";
    static final String JAR = "/app/dev-node.jar";
    static final String ARCHIVE = "/app/dev-node.jsa";

    /**
     * The same jar, seen from the directory of a node. An archive of class data counts for the class path it was made
     * with, word by word, and it was made elsewhere.
     */
    static final String RELATIVE_JAR = "../../.." + JAR;

    private static final String CREATED = "2020-01-01T00:00:00Z";
    private static final List<Integer> PORTS = List.of(8080, 8081, 3000);

    public ImageConfig {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        entryPoint = List.copyOf(entryPoint);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        ports = List.copyOf(ports);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** What to say about a node on the JRE of a base image. */
    static ImageConfig onBaseImage() {
        return new ImageConfig(
                USER + ":" + USER, DIRECTORY, program("java", JAR, List.of()), new LinkedHashMap<>(), PORTS, title());
    }

    /** What to say about a node on our JRE. */
    static ImageConfig onOurRuntime(boolean archive) {
        String java = JAVA_HOME + "/bin/java";
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", JAVA_HOME + "/bin");
        environment.put("JAVA_HOME", JAVA_HOME);
        var entryPoint = archive
                // In another directory than its own a node does without the archive: then the second path counts.
                ? program(java, RELATIVE_JAR + ":" + JAR, List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + ARCHIVE))
                : program(java, JAR, List.of());
        return new ImageConfig(USER + ":" + USER, DIRECTORY, entryPoint, environment, PORTS, title());
    }

    private static List<String> program(String java, String classPath, List<String> archive) {
        var program = new ArrayList<String>();
        program.add(java);
        program.addAll(ChildJvm.OPTIONS);
        program.addAll(archive);
        program.addAll(List.of("-cp", classPath, ProgramClasses.DEV_NODE));
        return program;
    }

    private static Map<String, String> title() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("org.opencontainers.image.title", "JUnit Nomos dev node");
        return labels;
    }

    ImageConfig withHash(String hash) {
        var all = new LinkedHashMap<>(labels);
        all.put(HASH_LABEL, hash);
        return new ImageConfig(user, workingDirectory, entryPoint, environment, ports, all);
    }

    /** Adds all of it to a hash. */
    Fingerprint addTo(Fingerprint fingerprint) {
        fingerprint.add(user).add(workingDirectory);
        entryPoint.forEach(fingerprint::add);
        environment.forEach((name, value) -> fingerprint.add(name).add(value));
        ports.forEach(port -> fingerprint.add(port.toString()));
        labels.forEach((name, value) -> fingerprint.add(name).add(value));
        return fingerprint;
    }

    /**
     * Says the same to whoever builds an image from another one.
     *
     * @param base reference of that image
     * @param layer name of the file with the layer to add, in the context of the build
     * @return the text of a Dockerfile
     * @throws IOException if the entry point cannot be written as JSON
     */
    public String dockerfile(String base, String layer) throws IOException {
        var text = new StringBuilder("FROM " + base + "\n");
        // first, so that whatever a build leaves that is cut off can be told by them
        labels.forEach((name, value) -> text.append("LABEL \"" + name + "\"=\"" + value + "\"\n"));
        return text.append("ADD " + layer + " /\nUSER " + user + "\nWORKDIR " + workingDirectory + "\nENTRYPOINT ")
                .append(new ObjectMapper().writeValueAsString(entryPoint))
                .append("\nCMD []\n")
                .toString();
    }

    /** Writes the configuration of an image (OCI image specification, "Image Configuration"). */
    byte[] json(String architecture, List<ImageLayer> layers) throws IOException {
        var json = new ObjectMapper();
        ObjectNode image = json.createObjectNode();
        image.put("architecture", architecture).put("os", "linux").put("created", CREATED);
        ObjectNode config = image.putObject("config");
        config.put("User", user).put("WorkingDir", workingDirectory);
        ObjectNode exposed = config.putObject("ExposedPorts");
        ports.forEach(port -> exposed.putObject(port + "/tcp"));
        var variables = config.putArray("Env");
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        var program = config.putArray("Entrypoint");
        entryPoint.forEach(program::add);
        ObjectNode marks = config.putObject("Labels");
        labels.forEach(marks::put);
        ObjectNode root = image.putObject("rootfs").put("type", "layers");
        var ids = root.putArray("diff_ids");
        var history = image.putArray("history");
        for (var layer : layers) {
            ids.add("sha256:" + layer.digest());
            history.addObject().put("created", CREATED).put("created_by", "JUnit Nomos");
        }
        return json.writeValueAsBytes(image);
    }
}
