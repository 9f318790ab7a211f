package org.tidelock.cli.machine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.calibrate.Estimate;

/** The three-way estimate as it is told: fastest known hardware, here, a slow laptop. */
public record EstimateReport(Estimate estimate) {

  /** The fields of the JSON document, in seconds. */
  public Map<String, Object> document() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fastestKnownSeconds", seconds(estimate.fastestKnown()));
    fields.put("hereSeconds", seconds(estimate.here()));
    fields.put("slowLaptopSeconds", seconds(estimate.slowLaptop()));
    return fields;
  }

  /** The lines for people, indented by two. */
  public List<String> lines() {
    return List.of(
        "  fastest known hardware  " + HumanTime.length(estimate.fastestKnown()),
        "  this machine            " + HumanTime.length(estimate.here()),
        "  a slow laptop           " + HumanTime.length(estimate.slowLaptop()));
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
