import { describe, expect, it } from 'vitest';
import { classifyNetworkError, classifyResponse, remoteError } from '../../src/remote/failures.ts';

const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code }],
});

describe('a response', () => {
  it.each([
    [400, 'invalid', 'permanent', 'remote-refused', 'never'],
    [401, 'login', 'target', 'remote-auth', 'later'],
    [401, undefined, 'target', 'remote-auth', 'later'],
    [403, 'forbidden', 'permanent', 'remote-refused', 'never'],
    [403, undefined, 'target', 'remote-auth', 'later'],
    [404, undefined, 'target', 'remote-protocol', 'never'],
    [404, 'not-found', 'permanent', 'remote-refused', 'never'],
    [302, undefined, 'target', 'remote-protocol', 'never'],
    [405, 'not-supported', 'permanent', 'remote-refused', 'never'],
    [408, undefined, 'transient', 'remote-unreachable', 'later'],
    [409, 'conflict', 'conflict', 'remote-conflict', 'later'],
    [410, 'deleted', 'permanent', 'remote-refused', 'never'],
    [412, 'multiple-matches', 'conflict', 'remote-conflict', 'never'],
    [413, undefined, 'permanent', 'remote-refused', 'never'],
    [422, 'invariant', 'permanent', 'remote-refused', 'never'],
    [423, undefined, 'transient', 'remote-unreachable', 'later'],
    [424, undefined, 'transient', 'remote-unreachable', 'later'],
    [425, undefined, 'transient', 'remote-unreachable', 'later'],
    [429, undefined, 'transient', 'remote-throttled', 'later'],
    [500, 'exception', 'unknown', 'remote-failed', 'unknown'],
    [500, undefined, 'unknown', 'remote-failed', 'unknown'],
    [501, undefined, 'permanent', 'remote-refused', 'never'],
    [502, undefined, 'transient', 'remote-unreachable', 'unknown'],
    [503, undefined, 'transient', 'remote-unreachable', 'later'],
    [504, undefined, 'transient', 'remote-unreachable', 'unknown'],
    [599, undefined, 'unknown', 'remote-failed', 'unknown'],
    [400, 'throttled', 'transient', 'remote-throttled', 'later'],
    [400, 'duplicate', 'conflict', 'remote-conflict', 'never'],
    [500, 'lock-error', 'transient', 'remote-unreachable', 'later'],
    [500, 'timeout', 'unknown', 'remote-timeout', 'unknown'],
    [422, 'multiple-matches', 'conflict', 'remote-conflict', 'never'],
  ])('with status %i and outcome %s is %s, %s, retry %s', (status, code, kind, error, retry) => {
    const body = code === undefined ? undefined : outcome(code);
    expect(classifyResponse(status, body)).toEqual({ kind, code: error, retry });
  });

  it('is classified by its status when its outcome is malformed', () => {
    expect(classifyResponse(400, { resourceType: 'OperationOutcome', issue: [null] }).kind).toBe(
      'permanent',
    );
    expect(classifyResponse(400, { resourceType: 'OperationOutcome' }).kind).toBe('permanent');
  });
});

describe('a request without a response', () => {
  const error = (members: object, name = 'Error') =>
    Object.assign(new Error('x'), { name, ...members });
  it.each([
    [
      'a refused connection',
      error({ code: 'ECONNREFUSED' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    ['an unknown host name', error({ code: 'ENOTFOUND' }), 'target', 'remote-unreachable', 'later'],
    [
      'an unavailable name service',
      error({ code: 'EAI_AGAIN' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'a connection timeout',
      error({ code: 'ETIMEDOUT', syscall: 'connect' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'a connection timeout of undici',
      error({ code: 'UND_ERR_CONNECT_TIMEOUT' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'an expired certificate',
      error({ code: 'CERT_HAS_EXPIRED' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'a self-signed certificate',
      error({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'plain HTTP on a TLS port',
      error({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'refused connections at all addresses',
      new AggregateError([error({ code: 'ECONNREFUSED' })]),
      'target',
      'remote-unreachable',
      'later',
    ],
    [
      'a timeout before the headers',
      error({ code: 'UND_ERR_HEADERS_TIMEOUT' }),
      'unknown',
      'remote-timeout',
      'unknown',
    ],
    [
      'the timeout of the request',
      error({ code: 23 }, 'TimeoutError'),
      'unknown',
      'remote-timeout',
      'unknown',
    ],
    [
      'a cut connection',
      error({ code: 'ECONNRESET', syscall: 'read' }),
      'unknown',
      'remote-failed',
      'unknown',
    ],
    [
      'a cut connection in undici',
      error({ code: 'UND_ERR_SOCKET' }),
      'unknown',
      'remote-failed',
      'unknown',
    ],
    [
      'a response that is too large',
      error({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' }),
      'unknown',
      'remote-protocol',
      'unknown',
    ],
    ['anything else that is thrown', 'thrown text', 'unknown', 'remote-failed', 'unknown'],
  ])(
    'because of %s is classified, also as the cause of another error',
    (_what, thrown, kind, code, retry) => {
      expect(classifyNetworkError(thrown)).toEqual({ kind, code, retry });
      expect(classifyNetworkError(new TypeError('fetch failed', { cause: thrown }))).toEqual({
        kind,
        code,
        retry,
      });
    },
  );
});

describe('the error of a failure', () => {
  const unknown = { kind: 'unknown', code: 'remote-failed', retry: 'unknown' } as const;

  it('of a read is never of unknown effect', () => {
    expect(remoteError(unknown, { message: 'm', isRead: true }).retry).toBe('later');
    expect(remoteError(unknown, { message: 'm', isRead: false }).retry).toBe('unknown');
    const protocol = { ...unknown, code: 'remote-protocol' } as const;
    expect(remoteError(protocol, { message: 'm', isRead: true }).retry).toBe('never');
  });
});
