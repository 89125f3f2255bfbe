package de.stadtkern.footfall;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Reads a picture and draws it anew, upright and no larger than a page needs: nothing but its pixels comes through.
final class Photo {

    static final int LONGEST_SIDE = 16_000;
    static final long MOST_PIXELS = 64_000_000;
    private static final int SHOWN_SIDE = 1600;
    private static final float QUALITY = 0.85f;
    private static final int ORIENTATION = 0x0112;

    private Photo() {}

    /// @param format `png` or `jpeg`
    static DocumentFile redrawn(byte[] content, String format) {
        try {
            BufferedImage image = upright(read(content, format), format.equals("jpeg") ? orientation(content) : 1);
            return new DocumentFile("image/" + format, written(image, format), image.getWidth(), image.getHeight());
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw DocumentFile.broken();
        }
    }

    /// Its size is asked for before a single pixel is unpacked, and only every so manieth pixel is.
    private static BufferedImage read(byte[] content, String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
                throw DocumentFile.tooManyPixels();
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int every = Math.max(1, Math.max(width, height) / SHOWN_SIDE);
            param.setSourceSubsampling(every, every, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// A phone writes down how it was held and leaves turning to whoever shows the picture.
    ///
    /// @param orientation 1 to 8, as Exif numbers them
    private static BufferedImage upright(BufferedImage image, int orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        double scale = Math.min(1, (double) SHOWN_SIDE / Math.max(width, height));
        var turn = new AffineTransform();
        turn.scale(scale, scale);
        switch (orientation) {
            case 2 -> turn.concatenate(new AffineTransform(-1, 0, 0, 1, width, 0));
            case 3 -> turn.concatenate(new AffineTransform(-1, 0, 0, -1, width, height));
            case 4 -> turn.concatenate(new AffineTransform(1, 0, 0, -1, 0, height));
            case 5 -> turn.concatenate(new AffineTransform(0, 1, 1, 0, 0, 0));
            case 6 -> turn.concatenate(new AffineTransform(0, 1, -1, 0, height, 0));
            case 7 -> turn.concatenate(new AffineTransform(0, -1, -1, 0, height, width));
            case 8 -> turn.concatenate(new AffineTransform(0, -1, 1, 0, 0, width));
            default -> {}
        }
        boolean isTurned = orientation >= 5 && orientation <= 8;
        var drawn = new BufferedImage(
                Math.max(1, (int) Math.round(scale * (isTurned ? height : width))),
                Math.max(1, (int) Math.round(scale * (isTurned ? width : height))),
                image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawn.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(image, turn, null);
        pen.dispose();
        return drawn;
    }

    /// From the Exif segment of a JPEG (CIPA DC-008, 4.6); 1 where nothing is said.
    private static int orientation(byte[] content) {
        try {
            ByteBuffer in = ByteBuffer.wrap(content);
            in.position(2);
            while (in.remaining() > 4 && (in.get() & 0xff) == 0xff) {
                int marker = in.get() & 0xff;
                int length = in.getShort() & 0xffff;
                if (marker == 0xda) {
                    return 1;
                }
                if (marker == 0xe1 && DocumentFile.startsWith(content, in.position(), "Exif\0\0")) {
                    return orientation(in.slice(in.position() + 6, length - 8));
                }
                in.position(in.position() + length - 2);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            // A picture is none the worse for not saying how it was held.
        }
        return 1;
    }

    private static int orientation(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int entry = 0; entry < entries; entry++) {
            int at = directory + 2 + 12 * entry;
            if ((tiff.getShort(at) & 0xffff) == ORIENTATION) {
                return tiff.getShort(at + 8) & 0xffff;
            }
        }
        return 1;
    }
}
