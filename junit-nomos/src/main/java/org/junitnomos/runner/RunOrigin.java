package org.junitnomos.runner;

import org.apiguardian.api.API;

/**
 * What a run comes from, which its replay has to meet again.
 *
 * @param test the test
 * @param systemUnderTest what runs as a node, as the backend tells it before the deploy
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RunOrigin(TestSelection test, String systemUnderTest) {}
