package org.tidelock.cli.solving;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.engine.solve.SolveReport;

/** What a run of the solver did, as fields of a JSON document. */
public final class RunDocument {

  private RunDocument() {}

  /** The fields, in their order. */
  public static Map<String, Object> of(SolveReport run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("squarings", run.squarings());
    fields.put("resumedFrom", run.resumedFrom());
    fields.put("secondsElapsed", run.elapsed().toMillis() / 1000.0);
    fields.put("squaringsPerSecond", run.squaringsPerSecond());
    fields.put("kernel", run.kernel());
    fields.put("errorsCaught", run.errorsCaught());
    fields.put("kernelSwitches", run.kernelSwitches());
    fields.put("checkpointsSkipped", run.checkpointsSkipped());
    return fields;
  }
}
