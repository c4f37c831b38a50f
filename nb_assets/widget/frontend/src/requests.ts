// Requests that the kernel has not said it heard: they are asked again, and after a while that is said.
// The kernel does nothing twice, so asking again is safe; see `receipts.py`.

const AGAIN_AFTER = 5; // Seconds, and again after twice as long.
const MOST = 4;

interface Pending<M> {
  message: M;
  since: number;
  due: number;
  tries: number;
}

export class Requests<M extends { request: string }> {
  private readonly open = new Map<string, Pending<M>>();

  sent(message: M, now: number): void {
    this.open.set(message.request, { message, since: now, due: now + AGAIN_AFTER, tries: 1 });
  }

  /** Takes note that the kernel heard a request. */
  heard(request: string): void {
    this.open.delete(request);
  }

  /** The messages to send again now. */
  due(now: number): M[] {
    const again: M[] = [];
    for (const pending of this.open.values()) {
      if (now < pending.due || pending.tries >= MOST) continue;
      pending.tries += 1;
      pending.due = now + AGAIN_AFTER * 2 ** (pending.tries - 1);
      again.push(pending.message);
    }
    return again;
  }

  /** How many have been waiting for longer than one does. */
  late(now: number): number {
    return [...this.open.values()].filter(({ since }) => now - since >= AGAIN_AFTER).length;
  }

  get size(): number {
    return this.open.size;
  }
}
