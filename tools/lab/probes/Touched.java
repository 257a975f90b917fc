/** Keeps arrays of one MiB, as many as it is told, and writes to each page of them while the collector runs. */
public class Touched {
    static byte[][] kept;

    public static void main(String[] arguments) throws Exception {
        int wanted = Integer.parseInt(arguments[0]);
        kept = new byte[wanted][];
        for (int i = 0; i < wanted; i++) {
            kept[i] = new byte[(1 << 20) - 64];
        }
        Step.end("kept=" + wanted);
        Thread toucher = new Thread() {
            public void run() {
                while (true) {
                    for (int i = 0; i < kept.length; i++) {
                        for (int at = 0; at < kept[i].length; at += 4096) {
                            kept[i][at]++;
                        }
                    }
                }
            }
        };
        toucher.setDaemon(true);
        toucher.start();
        for (int round = 0; round < 12; round++) {
            System.gc();
        }
        Step.end("kept=" + wanted);
    }
}
