plugins {
    java
}

repositories {
    mavenLocal() // where `mvn install` puts versions that are not released
    mavenCentral()
}

dependencies {
    testImplementation("org.junitnomos:junit-nomos:0.1.0-SNAPSHOT")
    testImplementation(platform("org.junit:junit-bom:5.14.4"))
    testImplementation("org.junit.jupiter:junit-jupiter")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
    testRuntimeOnly("org.slf4j:slf4j-simple:2.0.20") // any binding of SLF4J will do
}

tasks.withType<JavaCompile>().configureEach {
    options.release.set(17)
    options.encoding = "UTF-8"
}

tasks.test {
    useJUnitPlatform()
    testLogging.showStandardStreams = true // what a run prints
}
