package de.stadtkern.city;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// What lies outside the own network. Addresses that staff type in lead only there, unless the operator allows others:
/// else they would reach what is protected by being inside.
public final class OuterNetwork {

    private OuterNetwork() {}

    /// Throws [IllegalArgumentException] with the reason if the host is inside. The JDK keeps what it looked up for
    /// half
    /// a minute, so a connection that is opened now goes to the address that was judged here.
    ///
    /// @param setting that allows such addresses
    public static void require(String host, String setting) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (isInside(address)) {
                throw new IllegalArgumentException(
                        "'%s' is an address inside the own network; the setting %s allows it".formatted(host, setting));
            }
        }
    }

    public static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean carrier = bytes.length == 4 && first == 100 && second >= 64 && second < 128;
        boolean uniqueLocal = bytes.length == 16 && (first & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || carrier
                || uniqueLocal
                || (bytes.length == 4 && first == 0);
    }
}
