/**
 * Control of nodes, whatever they run as: the order of actions on one node, faults of links and clocks in layers that
 * heal by themselves, cuts in the network, and who is a member. For backends.
 */
@NullMarked
package org.junitnomos.deploy.control;

import org.jspecify.annotations.NullMarked;
