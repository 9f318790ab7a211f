import org.tidelock.sdk.Tidelock;
import org.tidelock.sdk.connection.Answer;

void main() throws Exception {
  var home = Path.of(System.getenv("HOME"), ".tidelock", "account");
  try (var alice = Tidelock.open(home)) {
    switch (alice.send("bob", "The embargo is over.", Instant.now().plus(Duration.ofDays(3)))) {
      case Answer.Granted(var accepted) -> IO.println("sealed until " + accepted.receipt().releaseAt());
      case Answer.Refused(var problem) -> IO.println("not sent: " + problem.detail());
    }
  }
}
