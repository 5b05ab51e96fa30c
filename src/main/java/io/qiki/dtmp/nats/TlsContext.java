package io.qiki.dtmp.nats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A TLS context made of PEM files: certificates, and a key in the form of PKCS 8. */
final class TlsContext {
    private static final char[] NO_PASSWORD = new char[0];
    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519");

    private TlsContext() {}

    /** Throws with a sentence for files that are not what they should be. */
    static SSLContext of(NatsConfig.Tls tls) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory own = null;
        if (tls.certificate().isPresent() && tls.key().isPresent()) {
            own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(identity(tls.certificate().get(), tls.key().get()), NO_PASSWORD);
        }
        TrustManagerFactory others =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        Optional<KeyStore> trusted =
                tls.trusted().isPresent()
                        ? Optional.of(trusting(tls.trusted().get()))
                        : Optional.empty();
        others.init(trusted.orElse(null));
        context.init(own == null ? null : own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate one : certificates(file)) {
            store.setCertificateEntry("trusted-" + number++, one);
        }
        return store;
    }

    private static KeyStore identity(Path certificate, Path key)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
        store.setKeyEntry("own", privateKey(key), NO_PASSWORD, chain);
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM form");
            }
            return found;
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        String text =
                Files.readString(file)
                        .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                        .replaceAll("\\s", "");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds no private key in PEM form (PKCS 8)", e);
        }
        return KINDS.stream()
                .flatMap(kind -> of(kind, bytes).stream())
                .findFirst()
                .orElseThrow(
                        () ->
                                new IOException(
                                        file
                                                + " holds no key of a known kind: "
                                                + String.join(", ", KINDS)));
    }

    private static Optional<PrivateKey> of(String kind, byte[] bytes) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }
}
