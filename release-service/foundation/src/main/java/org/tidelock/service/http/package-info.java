/**
 * How requests come in and answers go out: TLS, strict JSON, problem documents, tokens, signatures,
 * rate limits, receipts. Each of these is decided in one class here; a slice only states what a
 * route needs.
 */
@NullMarked
package org.tidelock.service.http;

import org.jspecify.annotations.NullMarked;
