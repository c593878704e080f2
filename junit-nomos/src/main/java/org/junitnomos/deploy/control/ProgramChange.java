package org.junitnomos.deploy.control;

import org.apiguardian.api.API;

/**
 * Another program of a node.
 *
 * @param from what it ran, with its version as far as that is known
 * @param to what it will run
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ProgramChange(String from, String to) {}
