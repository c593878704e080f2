/**
 * Tests of the extension: annotations, plans, scopes, verdicts and texts. {@link NomosTestKit} runs fixture classes
 * with the engine test kit, most on the backends of {@link ScriptedBackends}, some on dev nodes.
 */
@NullMarked
package org.junitnomos.jupiter;

import org.jspecify.annotations.NullMarked;
