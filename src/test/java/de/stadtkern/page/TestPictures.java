package de.stadtkern.page;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/// Pictures as towns have them for a logo, and others.
public final class TestPictures {

    /// Three towers on a wall, white, for a dark ground.
    public static final String TOWERS = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">
          <path fill="#ffffff" d="M20 90V30h20v15h20V30h20v60zm100 0V10h60v80zm100 0V30h20v15h20V30h20v60z"/>
        </svg>
        """;

    private TestPictures() {}

    public static byte[] towers() {
        return TOWERS.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] png(int width, int height) {
        return picture("png", width, height);
    }

    public static byte[] jpeg() {
        return picture("jpg", 40, 20);
    }

    private static byte[] picture(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            image.setRGB(x, (int) ((long) x * height / width), Color.WHITE.getRGB());
        }
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// An outline and two districts, as a town's geoportal has them.
    public static byte[] districts() {
        return """
            {"type": "FeatureCollection", "features": [
             {"type": "Feature", "properties": null, "geometry":
              {"type": "Polygon", "coordinates": [[[11.52, 50.88], [11.64, 50.88], [11.64, 50.97], [11.52, 50.97], [11.52, 50.88]]]}},
             {"type": "Feature", "properties": {"name": "Mitte"}, "geometry":
              {"type": "Polygon", "coordinates": [[[11.55, 50.9], [11.6, 50.9], [11.61, 50.93], [11.56, 50.93], [11.55, 50.9]]]}},
             {"type": "Feature", "properties": {"name": "Nördliche Höhen"}, "geometry":
              {"type": "MultiPolygon", "coordinates": [[[[11.56, 50.93], [11.61, 50.93], [11.6, 50.96], [11.56, 50.93]]],
               [[[11.53, 50.94], [11.55, 50.94], [11.55, 50.96], [11.53, 50.94]]]]}}]}
            """.getBytes(StandardCharsets.UTF_8);
    }
}
