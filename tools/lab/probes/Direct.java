/** Takes direct memory in three ways until one is refused, or until it has as much as it is told, in MiB. */
public class Direct {
    public static void main(String[] arguments) throws Exception {
        String way = arguments[0];
        int wanted = Integer.parseInt(arguments[1]);
        java.util.List kept = new java.util.ArrayList();
        int taken = 0;
        try {
            while (taken < wanted) {
                if (way.equals("nio")) {
                    kept.add(java.nio.ByteBuffer.allocateDirect(1 << 20));
                } else {
                    sun.misc.Unsafe unsafe = Step.unsafe();
                    long address = unsafe.allocateMemory(1 << 20);
                    unsafe.setMemory(address, 1 << 20, (byte) 1);
                }
                taken++;
            }
        } catch (OutOfMemoryError error) {
            System.err.println(error);
        }
        System.out.println("max=" + Runtime.getRuntime().maxMemory());
        Step.end("taken=" + taken);
    }
}
