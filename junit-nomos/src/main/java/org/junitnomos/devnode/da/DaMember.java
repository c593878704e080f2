package org.junitnomos.devnode.da;

import org.apiguardian.api.API;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.SdpDeclare;

/**
 * A provider of a session (node contract 4.1).
 *
 * @param peerId its peer id, which its provider key tells
 * @param address its first locator
 * @param name name of its node: what the locator says after {@code /dns4/}, which dev nodes declare, or host and port
 *     of {@code /ip4/<host>/udp/<port>/...}; empty for other locators
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DaMember(String peerId, Multiaddr address, String name) {
    static DaMember of(SdpDeclare declare) {
        Multiaddr address = declare.locators().get(0);
        String[] parts = address.toString().split("/");
        String name = "";
        if (parts.length > 2 && parts[1].equals("dns4")) {
            name = parts[2];
        } else if (parts.length > 4 && parts[1].equals("ip4") && parts[3].equals("udp")) {
            name = parts[2] + ":" + parts[4];
        }
        return new DaMember(declare.providerId().toPeerId(), address, name);
    }
}
