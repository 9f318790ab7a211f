package org.tidelock.engine.lockfile;

import com.exceptionfactory.jagged.RecipientStanza;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;

/**
 * One way to the file key of an age file.
 *
 * @param type what kind of way it is
 * @param arguments what stands behind the type on its line
 * @param body the bytes below
 */
record AgeStanza(String type, List<String> arguments, Bytes body) implements RecipientStanza {

  AgeStanza {
    arguments = List.copyOf(arguments);
  }

  /** Whether it is there only to keep readers honest about types they do not know. */
  boolean isGrease() {
    return type.endsWith("-grease");
  }

  @Override
  public String getType() {
    return type;
  }

  @Override
  public List<String> getArguments() {
    return arguments;
  }

  @Override
  public byte[] getBody() {
    return body.toArray();
  }
}
