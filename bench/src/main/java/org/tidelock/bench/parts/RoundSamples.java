package org.tidelock.bench.parts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.bench.report.Samples;

/** How often things were done a second: one sample of each in every round. Not thread-safe. */
public final class RoundSamples {

  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  /** Adds a round. */
  public void add(Map<String, Double> round) {
    round.forEach(
        (name, value) -> samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
  }

  /** A thing that was measured alone. */
  public PartRate part(String name) {
    return new PartRate(name, of(name));
  }

  /**
   * A call that was measured whole.
   *
   * @param parts how many of each part it consists of
   */
  public CallRate call(String name, Map<String, Integer> parts) {
    double seconds = 0;
    for (Map.Entry<String, Integer> part : parts.entrySet()) {
      seconds += part.getValue() / of(part.getKey()).median();
    }
    Samples measured = of(name);
    return new CallRate(name, measured, 1 / seconds, measured.median() * seconds);
  }

  /** The samples of one thing. */
  public Samples of(String name) {
    return Samples.of(
        samples.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray());
  }
}
