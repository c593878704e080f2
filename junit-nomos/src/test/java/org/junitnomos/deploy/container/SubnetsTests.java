package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.container.Subnets.Subnet;

class SubnetsTests {
    private static ArrayList<String> all(String range, long beginning) {
        var all = new ArrayList<String>();
        Subnets.parse(range).beginningWith(beginning).forEachRemaining(subnet -> all.add(subnet.toString()));
        return all;
    }

    @Test
    void goesOnceThroughAllNetworksFromAnywhere() {
        assertThat(all("10.9.252.0/22", 2))
                .containsExactly("10.9.254.0/24", "10.9.255.0/24", "10.9.252.0/24", "10.9.253.0/24");
        assertThat(all("192.168.7.0/24", Long.MAX_VALUE)).containsExactly("192.168.7.0/24");
        assertThat(all("10.0.0.0/8", -1)).hasSize(65_536).doesNotHaveDuplicates();
    }

    @Test
    void givesAddressesAboveTheHighestSignedNumber() {
        var subnet = Subnets.parse("223.255.255.0/24").beginningWith(0).next();

        assertThat(subnet.address(Subnet.FIRST_NODE)).isEqualTo("223.255.255.2");
        assertThat(subnet.address(Subnet.LAST_NODE)).isEqualTo("223.255.255.254");
    }
}
