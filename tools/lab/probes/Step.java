/** What every probe uses: the end of a step, and what the JVM says of its heap. */
public class Step {
    /** Prints a line, and waits until the other side sends one. */
    public static void end(String line) throws java.io.IOException {
        System.out.println(line);
        System.out.flush();
        System.in.read();
    }

    /** Bytes on the heap that are still in use after a full collection. */
    public static long live() {
        System.gc();
        System.gc();
        return used();
    }

    public static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    public static sun.misc.Unsafe unsafe() throws Exception {
        java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return (sun.misc.Unsafe) field.get(null);
    }
}
