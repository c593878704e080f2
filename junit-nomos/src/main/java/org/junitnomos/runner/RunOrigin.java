package org.junitnomos.runner;

/**
 * What a run comes from, which its replay has to meet again.
 *
 * @param test the test
 * @param systemUnderTest what runs as a node, as the backend tells it before the deploy
 */
record RunOrigin(TestSelection test, String systemUnderTest) {}
