package de.stadtkern.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/// Paints the paths of a panel for the PDF, finely enough for paper. Text stays text and stands around it.
final class ChartPicture {

    private static final int WIDTH = 1_800;
    private static final int HEIGHT = 600;
    private static final Pattern COMMAND = Pattern.compile("([MLVHhvz])(-?[\\d.]+)?(?: (-?[\\d.]+))?");

    private ChartPicture() {}

    /// As an address that an `img` can have.
    static String address(Chart.Panel panel, int width) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        paint.setColor(Color.WHITE);
        paint.fillRect(0, 0, WIDTH, HEIGHT);
        // A little room above and below, so that no stroke is cut.
        AffineTransform place = AffineTransform.getTranslateInstance(0, 4);
        place.scale((double) WIDTH / width, (HEIGHT - 8.0) / ChartDrawing.HEIGHT);
        paint.setColor(new Color(0xe6e7ec));
        paint.fill(place.createTransformedShape(shape(panel.gaps())));
        paint.setColor(new Color(0xc4c6d0));
        paint.setStroke(new BasicStroke(2));
        paint.draw(place.createTransformedShape(shape(panel.grid())));
        paint.draw(place.createTransformedShape(shape(panel.boundaries())));
        for (Chart.Path path : panel.paths()) {
            paint.setColor(Color.decode(ChartFile.colour(path.number())));
            paint.setStroke(stroke(path.number()));
            var drawn = place.createTransformedShape(shape(path.points()));
            if (path.bars()) {
                paint.fill(drawn);
            } else {
                paint.draw(drawn);
            }
        }
        paint.dispose();
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
    }

    /// Dark modules on a light ground, each so many points wide.
    static String ofModules(String points, int size, int scale) {
        BufferedImage image = new BufferedImage(size * scale, size * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(Color.WHITE);
        paint.fillRect(0, 0, size * scale, size * scale);
        paint.setColor(Color.BLACK);
        paint.fill(AffineTransform.getScaleInstance(scale, scale).createTransformedShape(shape(points)));
        paint.dispose();
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
    }

    private static BasicStroke stroke(int number) {
        String dashes = ChartFile.dashes(number);
        if (dashes.equals("none")) {
            return new BasicStroke(5, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
        }
        String[] words = dashes.split(" ");
        float[] lengths = new float[words.length];
        for (int index = 0; index < words.length; index++) {
            lengths[index] = Float.parseFloat(words[index]) * 3;
        }
        return new BasicStroke(5, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
    }

    /// Reads what [ChartDrawing] writes.
    private static Path2D shape(String path) {
        Path2D shape = new Path2D.Double();
        double x = 0;
        double y = 0;
        for (Matcher found = COMMAND.matcher(path); found.find(); ) {
            double first = found.group(2) == null ? 0 : Double.parseDouble(found.group(2));
            double second = found.group(3) == null ? 0 : Double.parseDouble(found.group(3));
            char command = found.group(1).charAt(0);
            switch (command) {
                case 'M', 'L' -> {
                    x = first;
                    y = second;
                }
                case 'V' -> y = first;
                case 'v' -> y += first;
                case 'H' -> x = first;
                case 'h' -> x += first;
                default -> {}
            }
            switch (command) {
                case 'M' -> shape.moveTo(x, y);
                case 'z' -> shape.closePath();
                default -> shape.lineTo(x, y);
            }
        }
        return shape;
    }

    private static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
