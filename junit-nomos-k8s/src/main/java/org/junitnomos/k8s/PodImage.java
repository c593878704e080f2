package org.junitnomos.k8s;

import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.container.offline.DevNodeImage;
import org.junitnomos.deploy.container.offline.ImageException;

/** Knows which image the nodes run. */
final class PodImage {
    private PodImage() {}

    static String systemUnderTest(KubernetesSettings settings) {
        String image = settings.image();
        return image == null ? NodeKind.DEV_NODES : "nodes of image " + image;
    }

    /**
     * Names the image; that of the bundled dev node is built for its name, which tells what it is made of. Blocks.
     *
     * @throws DeploymentException if it cannot be built
     */
    static String reference(KubernetesSettings settings) throws InterruptedException {
        String image = settings.image();
        if (image != null) {
            return image;
        }
        try {
            return DevNodeImage.prepare().reference();
        } catch (ImageException e) {
            throw new DeploymentException(
                    e.getMessage() + " Or name an image that the cluster has in 'nomos.kubernetes.image'.", e);
        }
    }
}
