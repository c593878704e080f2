package org.junitnomos.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTests {
    @ParameterizedTest
    @CsvSource({
        "unix:///run/user/1000/docker.sock, false, unix:///run/user/1000/docker.sock, true, localhost",
        "tcp://10.0.0.7:4243, false, tcp://10.0.0.7:4243, true, 10.0.0.7",
        "tcp://docker, false, tcp://docker:2375, true, docker",
        "http://docker:80/, false, tcp://docker:80, true, docker",
        "tcp://docker, true, tls://docker:2376, false, docker",
        "https://docker:443, false, tls://docker:443, false, docker",
        "npipe:////./pipe/docker_engine, false, npipe:////./pipe/docker_engine, false, localhost",
    })
    void readsWhatDockerHostMaySay(String dockerHost, boolean tls, String text, boolean direct, String host) {
        var address = EngineAddress.parse(dockerHost, tls);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.isDirect()).isEqualTo(direct);
        assertThat(address.host()).isEqualTo(host);
        assertThat(EngineAddress.parse(text, false)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "docker", "unix://", "unix://docker.sock", "tcp://", "tcp://a b", "tcp://a:99999", "fd://"})
    void refusesWhatIsNone(String dockerHost) {
        assertThatThrownBy(() -> EngineAddress.parse(dockerHost, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no address of an engine that can be spoken to here, expected"
                        + " unix:///path/to/docker.sock or tcp://host:port");
    }

    @Test
    void saysWhatToDoAboutSsh() {
        assertThatThrownBy(() -> EngineAddress.parse("ssh://me@host", false))
                .hasMessageEndingWith("; forward the socket with 'ssh -L' and name that");
    }
}
