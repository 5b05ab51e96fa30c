package io.qiki.dtmp.testkit;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * A decentralised login: an operator's server with one account, and the credentials of a user of
 * it.
 *
 * @param server configuration of the server
 * @param credentials of the user
 */
public record NatsAccount(Path server, Path credentials) {
    private static final String UNLIMITED =
            "{\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
                    + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,"
                    + "\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1},"
                    + "\"default_permissions\":{},\"type\":\"account\",\"version\":2}";

    /** Makes one with fresh keys. */
    public static NatsAccount make(Path dir) throws IOException, GeneralSecurityException {
        NKey operator = NKey.createOperator(null);
        NKey system = NKey.createAccount(null);
        NKey account = NKey.createAccount(null);
        NKey user = NKey.createUser(null);
        Path server = dir.resolve("operator.conf");
        Files.writeString(
                server,
                "jetstream: enabled\n"
                        + ("trusted_keys: [\"" + text(operator.getPublicKey()) + "\"]\n")
                        + ("system_account: " + text(system.getPublicKey()) + "\n")
                        + "resolver: MEMORY\nresolver_preload: {\n"
                        + entry(operator, system, "{\"type\":\"account\",\"version\":2}")
                        + entry(operator, account, UNLIMITED)
                        + "}\n");
        String word =
                JwtUtils.issueUserJWT(
                        account, text(account.getPublicKey()), text(user.getPublicKey()));
        Path credentials = dir.resolve("user.creds");
        Files.writeString(
                credentials,
                String.format(JwtUtils.NATS_USER_JWT_FORMAT, word, text(user.getSeed())));
        return new NatsAccount(server, credentials);
    }

    private static String entry(NKey operator, NKey account, String claims)
            throws IOException, GeneralSecurityException {
        JsonSerializable body = () -> claims;
        String id = text(account.getPublicKey());
        String word =
                JwtUtils.issueJWT(
                        operator,
                        id,
                        id,
                        null,
                        JwtUtils.currentTimeSeconds(),
                        text(operator.getPublicKey()),
                        body);
        return id + ": \"" + word + "\"\n";
    }

    private static String text(char[] key) {
        return new String(key);
    }
}
