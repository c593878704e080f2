package org.junitnomos.deploy.program;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where the running JVM has a library from, and which of its packages a program needs.
 *
 * @param name name of the library
 * @param packages packages with all below them, as paths that end with a slash
 * @param place a jar, or a directory with classes in it
 */
record ClassSource(String name, List<String> packages, Path place) {
    ClassSource {
        packages = List.copyOf(packages);
    }

    /**
     * Finds the place of a library by one of its classes, whatever the class path was made of: its entries, the
     * manifest of a jar, an argument file.
     *
     * @throws IOException if there is no such class, or it is somewhere a child JVM cannot load it from
     */
    static ClassSource find(ClassLoader loader, String name, String className, List<String> packages)
            throws IOException {
        String resource = className.replace('.', '/') + ".class";
        URL url = loader.getResource(resource);
        if (url == null) {
            throw new IOException("class " + className + " of " + name + " is not on the class path. Add " + name
                    + ", in the version that junit-nomos asks for");
        }
        try {
            return new ClassSource(name, packages, place(url, resource));
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            throw new IOException(
                    "class " + className + " was loaded from " + url + ", where no other JVM can load it from."
                            + " Run the tests with " + name + " as a jar or a directory on the class path, not packed"
                            + " into another jar, or choose backend 'embedded'",
                    e);
        }
    }

    static Path place(URL url, String resource) throws IOException, URISyntaxException {
        if ("file".equals(url.getProtocol())) {
            Path file = Path.of(url.toURI());
            int depth = file.getNameCount() - Path.of(resource).getNameCount();
            return Objects.requireNonNull(file.getRoot(), "root").resolve(file.subpath(0, depth));
        }
        if (url.openConnection() instanceof JarURLConnection jar
                && resource.equals(jar.getEntryName())
                && "file".equals(jar.getJarFileURL().getProtocol())) {
            Path file = Path.of(new URI(jar.getJarFileURL().toString()));
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new IOException("neither a file nor an entry of a jar file");
    }

    boolean isJar() {
        return Files.isRegularFile(place);
    }

    /** Whether the program needs a file of the library. */
    boolean takes(String entry) {
        return entry.endsWith(".class")
                && !entry.endsWith("module-info.class")
                && packages.stream().anyMatch(entry::startsWith);
    }
}
