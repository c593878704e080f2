package org.junitnomos.deploy.program;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Deletes directories with everything in them. Links are deleted, never followed. */
@API(status = INTERNAL, since = "0.1")
public final class DirectoryTrees {

    private DirectoryTrees() {}

    /** Deletes a directory; nothing happens if it is not there, or vanishes meanwhile. */
    public static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(directory);
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                makeWritable(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Lets the owner delete what is in it; whether that worked shows when it is tried. */
    private static void makeWritable(Path directory) {
        File file = directory.toFile();
        boolean ready = file.canWrite() && file.canExecute() && file.canRead();
        if (!ready && file.setReadable(true) && file.setExecutable(true)) {
            ready = file.setWritable(true);
        }
    }
}
