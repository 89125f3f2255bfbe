package de.stadtkern.installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/// Lets Stadtkern speak TLS itself when `stadtkern.tls.certificate` and `stadtkern.tls.key` name two PEM files, and
/// takes over what is renewed in them without a restart. Done before the start, because the web server's own settings
/// are made from it; files that do not fit stop the start here, in words.
class TlsSettings implements EnvironmentPostProcessor {

    private static final String CERTIFICATE = "stadtkern.tls.certificate";
    private static final String KEY = "stadtkern.tls.key";
    private static final String BUNDLE = "spring.ssl.bundle.pem.stadtkern.";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String certificate = environment.getProperty(CERTIFICATE, "");
        String key = environment.getProperty(KEY, "");
        if (!StringUtils.hasText(certificate) && !StringUtils.hasText(key)) {
            return;
        }
        String certificateFile = file(CERTIFICATE, certificate);
        String keyFile = file(KEY, key);
        requirePair(certificateFile, keyFile);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "stadtkern-tls",
                        Map.of(
                                BUNDLE + "keystore.certificate",
                                certificateFile,
                                BUNDLE + "keystore.private-key",
                                keyFile,
                                BUNDLE + "reload-on-update",
                                "true",
                                "server.ssl.bundle",
                                "stadtkern")));
    }

    private static String file(String setting, String value) {
        Path file = Path.of(value.replaceFirst("^file:", "")).toAbsolutePath();
        if (!StringUtils.hasText(value) || !Files.isReadable(file) || Files.isDirectory(file)) {
            throw new StartRefused(
                    "The file that %s names cannot be read: '%s'.".formatted(setting, value),
                    "Name a PEM file that the user Stadtkern runs as may read; %s and %s belong together."
                            .formatted(CERTIFICATE, KEY));
        }
        return "file:" + file;
    }

    private static void requirePair(String certificate, String key) {
        try {
            PemSslStore store = PemSslStore.load(
                    PemSslStoreDetails.forCertificate(certificate).withPrivateKey(key));
            List<X509Certificate> chain = store == null ? null : store.certificates();
            PrivateKey secret = store == null ? null : store.privateKey();
            if (chain == null || chain.isEmpty() || secret == null) {
                throw new GeneralSecurityException("a certificate or a key is missing");
            }
            requireSame(chain.getFirst(), secret);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            throw new StartRefused(
                    "%s and %s are no certificate and its key: %s".formatted(certificate, key, unusable.getMessage()),
                    "Both are PEM files: the certificate with those between it and its authority, and the key without a"
                            + " password.");
        }
    }

    /// What the key signs, the certificate must recognise.
    private static void requireSame(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] something = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(something);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key belongs to another certificate");
        }
    }
}
