package org.junitnomos.devnode.da;

import org.apiguardian.api.API;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.SdpDeclare;

/**
 * A provider of a session (node contract 4.1).
 *
 * @param peerId its peer id, which its provider key tells
 * @param address its first locator
 * @param name name of its node: a dev node declares the locator {@code /dns4/<name>/...}; empty for other locators
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DaMember(String peerId, Multiaddr address, String name) {
    private static final String DNS = "/dns4/";

    static DaMember of(SdpDeclare declare) {
        Multiaddr address = declare.locators().get(0);
        String text = address.toString();
        String name = "";
        if (text.startsWith(DNS)) {
            int end = text.indexOf('/', DNS.length());
            name = end < 0 ? text.substring(DNS.length()) : text.substring(DNS.length(), end);
        }
        return new DaMember(declare.providerId().toPeerId(), address, name);
    }
}
