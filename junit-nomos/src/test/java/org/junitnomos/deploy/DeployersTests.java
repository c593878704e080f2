package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployersTests {

    /** A backend that cannot be deployed on. */
    public static class FirstDeployer implements Deployer {
        @Override
        public String backend() {
            return "first";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Deployment deploy(DeployRequest request) {
            throw new UnsupportedOperationException(backend());
        }
    }

    /** A second one, with settings. */
    public static final class SecondDeployer extends FirstDeployer {
        @Override
        public List<String> settings() {
            return List.of("nomos.second.speed");
        }

        @Override
        public String backend() {
            return "second";
        }
    }

    /** A provider of a name that is taken. */
    public static final class RivalDeployer extends FirstDeployer {}

    /** A provider whose constructor fails, as one does without its libraries. */
    public static final class BrokenDeployer extends FirstDeployer {
        public BrokenDeployer() {
            throw new IllegalStateException("library is missing");
        }
    }

    private static Deployers load(Class<?>... providers) {
        var names = new StringBuilder();
        for (var provider : providers) {
            names.append(provider.getName()).append('\n');
        }
        return Deployers.load(new Providers(names.toString()));
    }

    @Test
    void findsItsOwnWhateverTheContextClassLoaderIsAndOthersThatItSees() {
        var own = Deployers.load(Deployers.class.getClassLoader()).names();

        assertThat(withContext(null)).isEqualTo(own).contains("embedded");
        assertThat(withContext(ClassLoader.getPlatformClassLoader())).isEqualTo(own);
        assertThat(withContext(Deployers.class.getClassLoader())).isEqualTo(own);
        assertThat(withContext(new Providers(
                        FirstDeployer.class.getName() + "\norg.junitnomos.deploy.embedded.EmbeddedDeployer")))
                .isEqualTo(Stream.concat(own.stream(), Stream.of("first")).toList());
    }

    private static List<String> withContext(ClassLoader loader) {
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return Deployers.load().names();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void findsABackendByName() {
        var deployers = load(FirstDeployer.class, SecondDeployer.class);

        assertThat(deployers.find("second")).isInstanceOf(SecondDeployer.class);
        assertThat(deployers.names()).containsExactly("first", "second");
    }

    @Test
    void listsTheBackendsThereAreWhenOneIsUnknown() {
        var deployers = load(FirstDeployer.class, SecondDeployer.class);

        assertThatThrownBy(() -> deployers.find("third"))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Backend 'third' is not on the class path; there are [first, second]. Name one of them in"
                        + " 'nomos.backend', or add the module that provides 'third'.");
    }

    @Test
    void listsTheSettingsOfTheBackendsThereAre() {
        assertThat(load(FirstDeployer.class, SecondDeployer.class, BrokenDeployer.class)
                        .settings())
                .containsExactly("nomos.second.speed");
        assertThat(Deployers.load().settings())
                .contains("nomos.process.command", "nomos.container.command", "nomos.container.base-image");
    }

    @Test
    void findsABackendAlthoughAnotherIsBroken() {
        assertThat(load(BrokenDeployer.class, FirstDeployer.class).find("first"))
                .isInstanceOf(FirstDeployer.class);
    }

    @Test
    void reportsTheProviderThatCannotBeLoadedWhenABackendIsMissing() {
        var deployers = load(BrokenDeployer.class, FirstDeployer.class);

        assertThatThrownBy(() -> deployers.find("container"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Backend 'container' is not on the class path; there are [first].")
                .hasMessageContaining("A provider could not be loaded: " + Deployer.class.getName())
                .hasMessageContaining(BrokenDeployer.class.getName())
                .cause()
                .isInstanceOf(ServiceConfigurationError.class)
                .hasRootCauseMessage("library is missing");
    }

    @Test
    void refusesANameThatIsTakenTwice() {
        var deployers = load(FirstDeployer.class, RivalDeployer.class);

        assertThatThrownBy(() -> deployers.find("first"))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Backend 'first' is provided more than once: "
                        + List.of(FirstDeployer.class.getName(), RivalDeployer.class.getName())
                        + ". Remove all but one from the class path.");
    }

    /** A class loader with one provider file of its own. */
    private static final class Providers extends ClassLoader {
        private final String content;

        Providers(String content) {
            super(DeployersTests.class.getClassLoader());
            this.content = content;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.endsWith("META-INF/services/" + Deployer.class.getName())
                    ? Collections.enumeration(List.of(url()))
                    : super.getResources(name);
        }

        private URL url() throws MalformedURLException {
            return new URL(null, "memory:providers", new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        }
    }
}
