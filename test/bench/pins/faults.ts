export async function benchFaults(): Promise<boolean> {
  return true;
}
