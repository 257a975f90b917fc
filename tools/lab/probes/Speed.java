/** Writes and reads the same number of longs in an array on the heap and in memory outside it, in turn. */
public class Speed {
    static long sink;
    static sun.misc.Unsafe unsafe;

    public static void main(String[] arguments) throws Exception {
        int longs = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        unsafe = Step.unsafe();
        for (int round = 0; round < rounds; round++) {
            long started = System.nanoTime();
            long[] array = new long[longs];
            long allocated = System.nanoTime();
            long address = unsafe.allocateMemory(8L * longs);
            long allocatedOutside = System.nanoTime();
            writeOn(array);
            long first = System.nanoTime();
            writeOff(address, longs);
            long firstOutside = System.nanoTime();
            report("on", "first", first - allocatedOutside + allocated - started);
            report("off", "first", firstOutside - first + allocatedOutside - allocated);
            time(array, address, longs);
            unsafe.freeMemory(address);
        }
    }

    static void time(long[] array, long address, int longs) {
        long a = System.nanoTime();
        writeOn(array);
        long b = System.nanoTime();
        writeOff(address, longs);
        long c = System.nanoTime();
        report("on", "write", b - a);
        report("off", "write", c - b);
        a = System.nanoTime();
        sink += readOn(array);
        b = System.nanoTime();
        sink += readOff(address, longs);
        c = System.nanoTime();
        report("on", "read", b - a);
        report("off", "read", c - b);
        a = System.nanoTime();
        sink += randomOn(array);
        b = System.nanoTime();
        sink += randomOff(address, longs);
        c = System.nanoTime();
        report("on", "random", b - a);
        report("off", "random", c - b);
    }

    static void report(String where, String what, long nanoseconds) {
        System.out.println(where + " " + what + " " + nanoseconds);
    }

    static void writeOn(long[] array) {
        for (int i = 0; i < array.length; i++) {
            array[i] = i;
        }
    }

    static void writeOff(long address, int longs) {
        for (int i = 0; i < longs; i++) {
            unsafe.putLong(address + 8L * i, i);
        }
    }

    static long readOn(long[] array) {
        long sum = 0;
        for (int i = 0; i < array.length; i++) {
            sum += array[i];
        }
        return sum;
    }

    static long readOff(long address, int longs) {
        long sum = 0;
        for (int i = 0; i < longs; i++) {
            sum += unsafe.getLong(address + 8L * i);
        }
        return sum;
    }

    static long randomOn(long[] array) {
        long sum = 0;
        int mask = array.length - 1;
        int at = 12345;
        for (int i = 0; i < 4000000; i++) {
            at = at * 1664525 + 1013904223;
            sum += array[(at >>> 7) & mask];
        }
        return sum;
    }

    static long randomOff(long address, int longs) {
        long sum = 0;
        int mask = longs - 1;
        int at = 12345;
        for (int i = 0; i < 4000000; i++) {
            at = at * 1664525 + 1013904223;
            sum += unsafe.getLong(address + 8L * ((at >>> 7) & mask));
        }
        return sum;
    }
}
