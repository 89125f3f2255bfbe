package de.stadtkern.page;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/// A QR code. Its markup is `page/qr.jte`. What it says stands beside it, for whoever cannot scan: there, or in the
/// page's
/// own words where it is a secret that is to be typed in parts.
///
/// @param size   modules on each side, the quiet border included
/// @param points SVG path of the dark modules
public record Qr(int size, String points) {

    public static Qr of(String text) {
        try {
            BitMatrix modules = new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8",
                                    EncodeHintType.MARGIN,
                                    4));
            return new Qr(modules.getWidth(), points(modules));
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("Too long for a QR code", tooLong);
        }
    }

    /// As an address that an `img` in a PDF can have.
    public String picture() {
        return ChartPicture.ofModules(points, size, 12);
    }

    /// Each run of dark modules of a row as one rectangle.
    private static String points(BitMatrix modules) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                int begin = x;
                while (x < modules.getWidth() && modules.get(x, y)) {
                    x++;
                }
                if (x > begin) {
                    path.append("M%d %dh%dv1h-%dz".formatted(begin, y, x - begin, x - begin));
                }
            }
        }
        return path.toString();
    }
}
