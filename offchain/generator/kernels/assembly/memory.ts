// A bump arena. Nothing is freed one by one: a caller marks the top and goes back to it.
let top: usize = 65536;

export function alloc(bytes: usize): usize {
  const start = (top + 63) & ~63;
  top = start + bytes;
  const pages = <i32>((top + 65535) >>> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
  return start;
}

export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  top = to;
}

export function zero(p: usize, n: i32): void {
  memory.fill(p, 0, <usize>n << 2);
}
