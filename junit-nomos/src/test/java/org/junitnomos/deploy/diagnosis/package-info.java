/**
 * Tests of the texts that say why a node ended: from logs and exit codes that tests write down, and from causes
 * provoked in processes of this machine.
 */
@NullMarked
package org.junitnomos.deploy.diagnosis;

import org.jspecify.annotations.NullMarked;
