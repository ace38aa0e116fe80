package dev.tactus.policies.compose;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Several policies as one denoiser (Cao et al., Compose Your Policies): all parents estimate the clean chunk from the same
 * noisy one, and an {@link Operator} combines the estimates. The first parent's schedule is the composition's; the others
 * are asked at their own level of equal signal-to-noise ratio, see {@link LevelMatch}. Where chunks differ in length the
 * composition is as long as the longest, and rows that only some parents have are combined of those.
 *
 * <p>Guidance that moves the latent has no place in a parent, because the others would not see what it saw, and what a
 * parent would do to a finished chunk is not done, because the chunk is not its own: put such guidance around the
 * composition.
 */
public final class Composition implements Denoiser {
    private final NoiseSchedule schedule;
    private final int batch;
    private final int horizon;
    private final int actionSize;
    private final int conditionSize;
    private final ParentView[] views;
    private final Weighting weighting;
    private final Denoiser[] distinct;

    /**
     * Makes a composition.
     *
     * @param parents at least one; their denoisers are closed with the composition
     * @param operator how their estimates are combined
     * @throws BadInputException if a parent cannot take part, or the operator is not for such parents
     */
    public Composition(List<Parent> parents, Operator operator) {
        Denoiser master = parents.getFirst().denoiser();
        this.schedule = master.schedule();
        this.batch = master.batch();
        this.actionSize = master.actionSize();
        this.conditionSize = parents.getFirst().slice().commonSize();
        this.horizon = parents.stream()
                .mapToInt(parent -> parent.denoiser().horizon())
                .max()
                .orElseThrow();
        parents.forEach(this::requireFits);
        requireFits(parents, operator);
        this.views = parents.stream()
                .map(parent -> new ParentView(parent, schedule, horizon))
                .toArray(ParentView[]::new);
        this.weighting = weighting(operator);
        Set<Denoiser> denoisers = Collections.newSetFromMap(new IdentityHashMap<>());
        parents.forEach(parent -> denoisers.add(parent.denoiser()));
        this.distinct = denoisers.toArray(new Denoiser[0]);
    }

    private void requireFits(Parent parent) {
        Denoiser denoiser = parent.denoiser();
        if (denoiser.movesLatent()) {
            throw new BadInputException("composition, " + parent.name() + ": its guidance moves the latent, which the"
                    + " other policies then would not see; put that guidance around the composition instead");
        }
        if (denoiser.actionSize() != actionSize) {
            throw new BadInputException("composition, " + parent.name() + ": an action has " + denoiser.actionSize()
                    + " elements, the first policy's " + actionSize
                    + "; policies are composed of one action layout. Choose policies that command the same terms.");
        }
        if (denoiser.batch() != batch
                || parent.slice().size() != denoiser.conditionSize()
                || parent.slice().commonSize() != conditionSize) {
            throw new IllegalArgumentException("composition, " + parent.name() + ": batch " + denoiser.batch()
                    + ", condition " + denoiser.conditionSize() + " out of a slice of "
                    + parent.slice().size() + " of "
                    + parent.slice().commonSize());
        }
    }

    private void requireFits(List<Parent> parents, Operator operator) {
        boolean sameLength =
                parents.stream().allMatch(parent -> parent.denoiser().horizon() == horizon);
        int expected = switch (operator) {
            case Operator.Linear linear -> linear.weights().length;
            case Operator.Or or -> or.biases().length;
            case Operator.And and -> 2;
        };
        if (parents.size() != expected) {
            throw new BadInputException("composition of " + parents.size() + " policies with "
                    + operator.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " for " + expected
                    + "; one weight or bias a policy is needed, and 'and' is for two");
        }
        if (sameLength) {
            return;
        }
        if (!(operator instanceof Operator.Linear linear)) {
            throw new BadInputException("composition by density of policies with different horizons ("
                    + parents.stream()
                            .map(parent -> parent.denoiser().horizon())
                            .toList()
                    + "): densities of chunks of different length cannot be compared. Compose them linearly, or choose"
                    + " policies of one horizon.");
        }
        double tail = 0.0;
        for (int i = 0; i < parents.size(); i++) {
            double weight = linear.weights()[i];
            tail += parents.get(i).denoiser().horizon() == horizon ? weight : 0.0;
            if (weight < 0.0) {
                tail = Double.NaN;
            }
        }
        if (!(tail > 0.0)) {
            throw new BadInputException("composition of policies with different horizons: the last rows come from the"
                    + " longest, whose weight must be above 0, and no weight may be negative");
        }
    }

    private Weighting weighting(Operator operator) {
        if (operator instanceof Operator.Linear linear) {
            return new LinearWeighting(schedule, linear);
        }
        float[][] estimates = new float[views.length][];
        for (int i = 0; i < views.length; i++) {
            estimates[i] = views[i].clean();
        }
        return new DensityWeighting(schedule, operator, estimates, batch);
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        weighting.enter(level, latent);
        for (int i = 0; i < views.length; i++) {
            if (weighting.needs(i)) {
                views[i].estimate(latent, level, condition);
            }
        }
        weighting.answered(level);
        int chunk = horizon * actionSize;
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < chunk; i++) {
                clean[b * chunk + i] = (float) combined(b, i);
            }
        }
    }

    /** One element out of the parents that have it; their weights sum to 1 but in the tail. */
    private double combined(int b, int element) {
        double sum = 0.0;
        double total = 0.0;
        for (int i = 0; i < views.length; i++) {
            int own = views[i].chunk();
            double weight = element < own ? weighting.weight(b, i) : 0.0;
            if (weight != 0.0) { // a parent that was not asked has no estimate, not even a finite one
                sum += weight * views[i].clean()[b * own + element];
                total += weight;
            }
        }
        return sum / total;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public int horizon() {
        return horizon;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    @Override
    public int conditionSize() {
        return conditionSize;
    }

    @Override
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public boolean cleanRows(int rows) {
        boolean all = true;
        for (Denoiser denoiser : distinct) {
            all &= denoiser.cleanRows(rows);
        }
        return all;
    }

    @Override
    public long evaluations() {
        long sum = 0;
        for (Denoiser denoiser : distinct) {
            sum += denoiser.evaluations();
        }
        return sum;
    }

    @Override
    public String failure() {
        for (Denoiser denoiser : distinct) {
            if (!denoiser.failure().isEmpty()) {
                return denoiser.failure();
            }
        }
        return "";
    }

    @Override
    public void reset() {
        for (Denoiser denoiser : distinct) {
            denoiser.reset();
        }
    }

    @Override
    public void commit() {
        for (Denoiser denoiser : distinct) {
            denoiser.commit();
        }
    }

    @Override
    public void close() {
        for (Denoiser denoiser : distinct) {
            denoiser.close();
        }
    }
}
