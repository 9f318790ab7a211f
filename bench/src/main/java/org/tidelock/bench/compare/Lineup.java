package org.tidelock.bench.compare;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tidelock.bench.peers.Peer;
import org.tidelock.bench.peers.PeerLibrary;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.Kernels;

/**
 * Who takes part at one modulus length: our kernels, the peers, and plain Java, each checked
 * against {@link BigInteger#modPow} when the lineup is made. Closing it frees all of them.
 *
 * @param bits the length
 * @param contenders those that run here
 * @param leftOut those that do not, with the reason
 */
record Lineup(int bits, List<Contender> contenders, List<String> leftOut) implements AutoCloseable {

  private static final int CHECKED_SQUARINGS = 3000;
  private static final int CHECKED_VALUES = 3;

  /** What names of our kernels begin with. */
  static final String OURS = "tidelock ";

  /**
   * The lineup for a fixed random odd modulus of exactly {@code bits} bits.
   *
   * @throws IllegalStateException if a contender computes wrongly
   */
  static Lineup of(int bits, Optional<PeerLibrary> peers) {
    Random random = new Random(bits);
    BigInteger modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
    List<Contender> contenders = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    Lineup lineup = new Lineup(bits, contenders, leftOut);
    try {
      lineup.addKernels(modulus);
      peers.ifPresent(library -> lineup.addPeers(library, modulus));
      contenders.add(JavaLoops.powers(modulus));
      contenders.add(JavaLoops.products(modulus));
      contenders.forEach(contender -> check(contender, modulus, random));
      return lineup;
    } catch (RuntimeException e) {
      lineup.close();
      throw e;
    }
  }

  @Override
  public void close() {
    contenders.forEach(Contender::close);
  }

  private void addKernels(BigInteger modulus) {
    for (SquaringKernel kernel : Kernels.all()) {
      switch (kernel.support(bits)) {
        case KernelSupport.Supported() -> contenders.add(ofKernel(kernel, modulus));
        case KernelSupport.Unsupported(String reason, String _) ->
            leftOut.add("%s%s at %d bits: %s".formatted(OURS, kernel.name(), bits, reason));
      }
    }
  }

  private void addPeers(PeerLibrary library, BigInteger modulus) {
    for (Peer.Method method : Peer.Method.values()) {
      library
          .open(method, modulus)
          .ifPresentOrElse(
              peer -> contenders.add(ofPeer(peer)),
              () -> leftOut.add(method.title() + ": this library does not export it"));
    }
  }

  private static Contender ofKernel(SquaringKernel kernel, BigInteger modulus) {
    KernelSession session = kernel.open(modulus);
    KernelState state = session.newState(BigInteger.ONE);
    return new Contender(
        OURS + kernel.name(),
        Contender.Family.TIDELOCK,
        1,
        state::set,
        state::square,
        state::value,
        session::close);
  }

  private static Contender ofPeer(Peer peer) {
    Contender.Family family =
        peer.method() == Peer.Method.OPENSSL_MONTGOMERY
            ? Contender.Family.OPENSSL
            : Contender.Family.GMP;
    return new Contender(
        peer.method().title(),
        family,
        peer.method().step(),
        peer::set,
        peer::square,
        peer::value,
        peer::close);
  }

  /** Leaves the contender with a random residue. */
  private static void check(Contender contender, BigInteger modulus, Random random) {
    for (int i = 0; i < CHECKED_VALUES; i++) {
      BigInteger x = new BigInteger(modulus.bitLength(), random).mod(modulus);
      contender.set().accept(x);
      contender.square().accept(CHECKED_SQUARINGS);
      BigInteger expected = x.modPow(BigInteger.ONE.shiftLeft(CHECKED_SQUARINGS), modulus);
      if (!contender.value().get().equals(expected)) {
        throw new IllegalStateException(
            "%s computes wrongly at %d bits: nothing was measured"
                .formatted(contender.name(), modulus.bitLength()));
      }
    }
  }
}
