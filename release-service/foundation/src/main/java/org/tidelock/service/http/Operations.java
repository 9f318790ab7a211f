package org.tidelock.service.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tidelock.service.db.Database;

/**
 * What an operator's machinery asks: whether the process lives, whether it takes requests, and its
 * metrics for Prometheus. Belongs on a port of its own that the world does not reach.
 */
public final class Operations {

  private final Database database;
  private final PrometheusMeterRegistry metrics;
  private final AtomicBoolean leaving = new AtomicBoolean();

  /** Answers for a service on {@code database}. */
  public Operations(Database database, PrometheusMeterRegistry metrics) {
    this.database = database;
    this.metrics = metrics;
  }

  /** Tells load balancers from now on that this node is about to stop. */
  public void leave() {
    leaving.set(true);
  }

  /** Mounts the three answers. */
  public void mount(Router router) {
    router.get("/health/live").handler(context -> answer(context, true));
    router
        .get("/health/ready")
        .handler(context -> answer(context, !leaving.get() && database.answers()));
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4")
                    .end(metrics.scrape()));
  }

  private static void answer(RoutingContext context, boolean good) {
    context
        .response()
        .setStatusCode(good ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(good ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}");
  }
}
