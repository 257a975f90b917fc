/** Starts as many threads as it is told; each waits. */
public class Threads {
    public static void main(String[] arguments) throws Exception {
        int wanted = Integer.parseInt(arguments[0]);
        // What the first threads alone bring is not counted.
        start(10);
        Step.live();
        Step.end("heap=" + Step.live());
        start(wanted);
        Thread.sleep(500);
        Step.end("heap=" + Step.live());
    }

    static void start(int wanted) {
        final Object never = new Object();
        for (int i = 0; i < wanted; i++) {
            Thread thread = new Thread() {
                public void run() {
                    synchronized (never) {
                        try {
                            never.wait();
                        } catch (InterruptedException interrupted) {
                            return;
                        }
                    }
                }
            };
            thread.setDaemon(true);
            thread.start();
        }
    }
}
