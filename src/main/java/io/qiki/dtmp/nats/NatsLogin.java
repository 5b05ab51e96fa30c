package io.qiki.dtmp.nats;

import io.nats.client.Nats;
import io.nats.client.Options;
import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who the process is to a NATS server. Secrets are never in the configuration: they stand in files,
 * or in the environment ({@code NATS_TOKEN}, {@code NATS_USER} with {@code NATS_PASSWORD}), which a
 * file outranks. They are read at every connection, so that they may be renewed.
 *
 * @param tokenFile whose text is the token
 * @param user name, with a password file; empty: none
 * @param passwordFile whose text is the password
 * @param credentialsFile of a decentralised login, as the NATS tools write it
 */
public record NatsLogin(
        Optional<Path> tokenFile,
        String user,
        Optional<Path> passwordFile,
        Optional<Path> credentialsFile) {
    /** Nobody in particular, unless the environment says so. */
    public static final NatsLogin NONE =
            new NatsLogin(Optional.empty(), "", Optional.empty(), Optional.empty());

    /** Refuses missing parts. */
    public NatsLogin {
        Check.present(tokenFile, "token file");
        Check.present(user, "user");
        Check.present(passwordFile, "password file");
        Check.present(credentialsFile, "credentials file");
    }

    static NatsLogin read(ConfigNode node, Path home) {
        Optional<Path> token = file(node, "token-file", home);
        String user = node.anyText("user", "");
        Optional<Path> password = file(node, "password-file", home);
        Optional<Path> credentials = file(node, "credentials-file", home);
        if (user.isEmpty() == password.isPresent()) {
            node.fault(
                    user.isEmpty() ? "user" : "password-file",
                    "nothing",
                    user.isEmpty()
                            ? "a name, since user and password-file belong together"
                            : "a file, since user and password-file belong together");
        }
        int ways =
                (token.isPresent() ? 1 : 0)
                        + (user.isEmpty() ? 0 : 1)
                        + (credentials.isPresent() ? 1 : 0);
        if (ways > 1) {
            node.fault(
                    credentials.isPresent() ? "credentials-file" : "user",
                    "a second way to log in",
                    "one of token-file, user with password-file, and credentials-file");
        }
        return new NatsLogin(token, user, password, credentials);
    }

    static Optional<Path> file(ConfigNode node, String key, Path home) {
        Optional<Path> file = node.path(key).map(home::resolve);
        file.filter(one -> !Files.isReadable(one) || Files.isDirectory(one))
                .ifPresent(one -> node.fault(key, '"' + one.toString() + '"', "a readable file"));
        return file;
    }

    /**
     * Adds the login to the options of a connection.
     *
     * @param environment of the process
     * @throws IOException when a file cannot be read
     */
    void addTo(Options.Builder options, Map<String, String> environment) throws IOException {
        if (credentialsFile.isPresent()) {
            options.authHandler(Nats.credentials(credentialsFile.get().toString()));
        } else if (tokenFile.isPresent()) {
            options.token(secret(tokenFile.get()));
        } else if (passwordFile.isPresent()) {
            options.userInfo(user.toCharArray(), secret(passwordFile.get()));
        } else if (environment.containsKey("NATS_TOKEN")) {
            options.token(environment.get("NATS_TOKEN").toCharArray());
        } else if (environment.containsKey("NATS_USER")) {
            options.userInfo(
                    environment.get("NATS_USER").toCharArray(),
                    environment.getOrDefault("NATS_PASSWORD", "").toCharArray());
        }
    }

    private static char[] secret(Path file) throws IOException {
        return Files.readString(file).strip().toCharArray();
    }
}
