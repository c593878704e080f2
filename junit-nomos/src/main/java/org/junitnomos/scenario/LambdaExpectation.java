package org.junitnomos.scenario;

record LambdaExpectation(String name, Expectation.Check check) implements Expectation {
    @Override
    public void evaluate(RunContext run) throws Exception {
        check.evaluate(run);
    }
}
